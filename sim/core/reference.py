"""Tables and records of numbers handed on by address.

A process takes each table as one address instead of several words for each of its arrays. The driver of a
chain takes addresses only: compiling what unpacks the 200 arrays of a world took 6 s of 64.
"""

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.imputils import lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import intrinsic, models, register_model


class ByAddress(types.Type):
    """What is handed on by its address, made from the type that numba gives it."""

    def __init__(self, kind):
        self.kind = kind
        super().__init__(f"{type(self).__name__}({kind})")

    @property
    def key(self):
        """What makes two of these types equal."""
        return type(self), self.kind


class Table(ByAddress):
    """A named tuple of arrays handed on by its address rather than array by array."""

    def __init__(self, kind):
        if not all(isinstance(column, types.Array) for column in kind):
            raise TypeError(f"a table holds arrays and nothing else: {kind}")
        super().__init__(kind)


class Numbers(ByAddress):
    """A record of numbers that never change while a process runs."""


register_model(Table)(models.OpaqueModel)
register_model(Numbers)(models.OpaqueModel)


@infer_getattr
class _TableColumns(AttributeTemplate):
    key = Table

    def generic_resolve(self, table, name):
        if name in table.kind.fields:
            return table.kind[table.kind.fields.index(name)]
        return None


@lower_getattr_generic(Table)
def _column(context, builder, table, address, name):
    """Read one column: an array without an owner, so that nothing counts references to it."""
    index = table.kind.fields.index(name)
    kind = table.kind[index]
    start = builder.bitcast(address, context.get_value_type(table.kind).as_pointer())
    place = cgutils.gep_inbounds(builder, start, 0, index)
    layout = context.get_value_type(kind)
    # The arrays behind a table never change while a process runs; saying so lets loops
    # keep their addresses in registers although the loop writes to other arrays.
    fixed = builder.module.add_metadata([])
    value = ir.Constant(layout, ir.Undefined)
    for i, part in enumerate(context.data_model_manager[kind]._fields):
        if part in ("meminfo", "parent"):
            value = builder.insert_value(value, ir.Constant(layout.elements[i], None), i)
            continue
        inner = range(getattr(layout.elements[i], "count", 0))
        for path in [(i, k) for k in inner] or [(i,)]:
            leaf = builder.load(cgutils.gep_inbounds(builder, place, 0, *path))
            leaf.set_metadata("invariant.load", fixed)
            value = builder.insert_value(value, leaf, path)
    return value


@infer_getattr
class _NumbersFields(AttributeTemplate):
    key = Numbers

    def generic_resolve(self, numbers, name):
        return numbers.kind.typeof(name) if name in numbers.kind.fields else None


@lower_getattr_generic(Numbers)
def _number(context, builder, numbers, address, name):
    """Read one number; it stays what it is, so that loops read it once although they write to arrays."""
    kind = context.get_value_type(numbers.kind.typeof(name))
    place = cgutils.pointer_add(builder, address, numbers.kind.offset(name), kind.as_pointer())
    value = builder.load(place, align=numbers.kind.alignof(name))
    value.set_metadata("invariant.load", builder.module.add_metadata([]))
    return value


@intrinsic
def call(typing_context, target, places):
    """Call machine code at one address with arguments at others."""

    def generate(context, builder, signature, values):
        kinds = (types.voidptr,) * len(signature.args[1])
        convention = context.call_conv
        pointer = convention.get_function_type(types.none, kinds).as_pointer()
        code = builder.inttoptr(values[0], pointer)
        addresses = cgutils.unpack_tuple(builder, values[1])
        given = [builder.inttoptr(place, cgutils.voidptr_t) for place in addresses]
        status, _ = convention.call_function(builder, code, types.none, kinds, given)
        with cgutils.if_unlikely(builder, status.is_error):
            convention.return_status_propagate(builder, status)
        return context.get_dummy_value()

    return types.none(target, places), generate
