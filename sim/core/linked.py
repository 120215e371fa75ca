"""Compiling once what is linked into many functions.

numba links all that a function calls into it and optimises the whole. It also optimises each part of it by itself
and makes machine code of that, which nobody runs: compiling took a third longer for it.
"""

import contextlib

from numba.core.codegen import JITCodeLibrary, JITCPUCodegen, RuntimeLinker
from numba.core.compiler import Compiler
from numba.core.compiler_lock import global_compiler_lock
from numba.core.registry import cpu_target


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


class LinkedCodegen(JITCPUCodegen):
    """What makes linked libraries."""

    _library_class = LinkedLibrary

    def set_env(self, env_name, env):
        """Do nothing: what is linked has no place in memory yet."""


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


@contextlib.contextmanager
def _linked():
    """Have numba make linked libraries; the lock keeps this from what other threads compile."""
    with global_compiler_lock:
        codegen = cpu_target.target_context.codegen()
        usual = type(codegen)
        codegen.__class__ = LinkedCodegen
        try:
            yield
        finally:
            codegen.__class__ = usual
