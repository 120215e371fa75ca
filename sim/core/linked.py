"""Compiling once what is linked into many functions.

numba links all that a function calls into it and optimises the whole. It also optimises each part of it by itself
and makes machine code of that, which nobody runs, and looks each operator up anew wherever it stands. Without both,
three processes took 14 and 18 s to compile where they had taken 26 and 27.
"""

import contextlib
import gc

from numba.core import types
from numba.core.codegen import JITCodeLibrary, JITCPUCodegen, RuntimeLinker
from numba.core.compiler import Compiler, Flags
from numba.core.compiler_lock import global_compiler_lock
from numba.core.registry import cpu_target
from numba.core.targetconfig import ConfigStack


class LinkedLibrary(JITCodeLibrary):
    """A function to be linked into others: what LLVM reads, simplified, and no machine code."""

    def _optimize_final_module(self):
        pass  # function by function it was simplified before; the rest is done where it is linked in

    def _finalize_final_module(self):
        names = [variable.name for variable in self._final_module.global_variables]
        if any(name.startswith(RuntimeLinker.PREFIX) for name in names):
            super()._finalize_final_module()  # a function that calls itself does so by its address
            return
        self._finalize_dynamic_globals()
        self._finalized = True

    def serialize_using_object_code(self):
        """Return what is kept on disk."""
        return self.serialize_using_bitcode()


_environments: dict = {}


def tell_environments(library) -> bool:
    """Tell machine code where the environments of what is linked into it are; return whether any holds a constant."""
    names = {variable.name for variable in library._final_module.global_variables} & _environments.keys()
    for name in names:
        library.codegen.set_env(name, _environments[name])
    return any(_environments[name].consts for name in names)


class LinkedCodegen(JITCPUCodegen):
    """What makes linked libraries."""

    _library_class = LinkedLibrary

    def set_env(self, env_name, env):
        """Remember it: what is linked has no place in memory yet."""
        _environments[env_name] = env


class WholeCompiler(Compiler):
    """Compile a function that is called from outside, and what it calls only as far as it takes to be linked."""

    def compile_extra(self, func):
        """Compile a Python function."""
        self.state.library = JITCodeLibrary(self.state.targetctx.codegen(), func.__qualname__)
        self.state.library.enable_object_caching()
        return super().compile_extra(func)

    def _compile_core(self):
        with _linked():
            return super()._compile_core()


_FLAGS = {name: option.default for name, option in Flags.options.items()}
_RESOLVE = types.Function.get_call_type
_resolved: dict[tuple, tuple] = {}


def _values_of(flags):
    """Return the values of flags, without asking for each."""
    return _FLAGS | flags._values


def _resolve_once(function, context, args, kws):
    """Return what numba makes of an operator or a function of numpy for some types, working it out once.

    numba tries all its definitions anew at each ``+``, and compares its flags at each of them.
    """
    flags = ConfigStack.top_or_none()
    key = function, context, tuple(args), tuple(kws.items()), flags
    try:
        signature = _resolved[key]
    except KeyError:
        signature = _resolved[key] = _RESOLVE(function, context, args, kws)
    return signature


@contextlib.contextmanager
def _linked():
    """Have numba make linked libraries and look things up once; other threads wait, or compile as usual."""
    with global_compiler_lock, contextlib.ExitStack() as stack:
        codegen = cpu_target.target_context.codegen()
        changes = (
            (codegen, "__class__", LinkedCodegen),
            (types.Function, "get_call_type", _resolve_once),
            (Flags, "values", _values_of),
        )
        for owner, name, value in changes:
            stack.callback(setattr, owner, name, getattr(owner, name))
            setattr(owner, name, value)
        # What compiling makes lives long, so garbage is looked for less often.
        stack.callback(gc.set_threshold, *gc.get_threshold())
        gc.set_threshold(100_000, 20, 20)
        yield
