package io.tributary.host.guard;

import io.tributary.host.artifacts.Entitlement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts calls of [Doors] into a class in the place of the JDK's global doors: where it calls them,
/// where it names them (`System::exit`), where it looks them up.
///
/// A call is replaced by a static call with the same values on the stack, and what reaches beyond
/// the process ([Reach]) has a call without any before it; so the stack maps are kept, at the
/// places to which they have moved, and no class has to be looked up to make new ones. A class that
/// has no such call is left as it is.
public final class Rewriting {

    private static final ClassFile KEEPING_STACK_MAPS =
            ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);

    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);

    private static final ClassTransform BODIES =
            ClassTransform.transformingMethods((method, element) -> {
                if (element instanceof CodeModel body) {
                    method.transformCode(body, code(body));
                } else {
                    method.with(element);
                }
            });

    private Rewriting() {}

    /// The class as it is to be defined.
    ///
    /// @throws ClassFormatError it is no class
    public static byte[] of(byte[] code) {
        try {
            ClassModel model = KEEPING_STACK_MAPS.parse(code);
            return touches(model) ? KEEPING_STACK_MAPS.transformClass(model, BODIES) : code;
        } catch (IllegalArgumentException broken) {
            var error = new ClassFormatError("not a class: " + broken.getMessage());
            error.initCause(broken);
            throw error;
        }
    }

    /// Whether the class names any door at all; method references do so in the same list.
    private static boolean touches(ClassModel model) {
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member && touches(member)) {
                return true;
            }
        }
        return false;
    }

    private static boolean touches(MemberRefEntry member) {
        String owner = member.owner().asInternalName();
        String name = member.name().stringValue();
        if (Reach.of(owner, name) != null) {
            return true;
        }
        return member instanceof FieldRefEntry
                ? Table.field(owner, name) != null
                : Table.method(owner, name, member.type().stringValue()) != null;
    }

    private static CodeTransform code(CodeModel body) {
        // read before the code is, so that every place that a frame names has a label: what is put
        // before a call moves all that follows
        Optional<StackMapTableAttribute> frames =
                body.findAttribute(Attributes.stackMapTable())
                        .map(each -> StackMapTableAttribute.of(List.copyOf(each.entries())));
        return new CodeTransform() {
            @Override
            public void accept(CodeBuilder to, CodeElement element) {
                rewrite(to, element);
            }

            @Override
            public void atEnd(CodeBuilder to) {
                frames.ifPresent(to::with);
            }
        };
    }

    private static void rewrite(CodeBuilder to, CodeElement element) {
        switch (element) {
            case InvokeInstruction call -> rewrite(to, call);
            case FieldInstruction field -> rewrite(to, field);
            case InvokeDynamicInstruction dynamic -> rewrite(to, dynamic);
            case LoadConstantInstruction constant
                    when constant.constantValue() instanceof DirectMethodHandleDesc handle ->
                    to.loadConstant(opened(handle));
            default -> to.with(element);
        }
    }

    /// Whoever is not entitled gets no further.
    private static void ask(CodeBuilder to, String owner, String name) {
        Entitlement needed = Reach.of(owner, name);
        if (needed != null) {
            to.invokestatic(Table.DOORS, needed.title(), NOTHING);
        }
    }

    private static void rewrite(CodeBuilder to, InvokeInstruction call) {
        ask(to, call.owner().asInternalName(), call.name().stringValue());
        Table.Instead instead =
                Table.method(
                        call.owner().asInternalName(),
                        call.name().stringValue(),
                        call.type().stringValue());
        if (instead == null || call.opcode() == Opcode.INVOKESPECIAL) {
            to.with(call);
        } else {
            to.invokestatic(Table.DOORS, instead.name(), instead.type());
        }
    }

    private static void rewrite(CodeBuilder to, FieldInstruction field) {
        Table.@Nullable Instead instead =
                field.opcode() == Opcode.GETSTATIC
                        ? Table.field(field.owner().asInternalName(), field.name().stringValue())
                        : null;
        if (instead == null) {
            to.with(field);
        } else {
            to.invokestatic(Table.DOORS, instead.name(), instead.type());
        }
    }

    private static void rewrite(CodeBuilder to, InvokeDynamicInstruction dynamic) {
        ConstantDesc[] arguments = dynamic.bootstrapArgs().toArray(ConstantDesc[]::new);
        boolean changed = false;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof DirectMethodHandleDesc handle) {
                ask(to, internalName(handle), handle.methodName());
                DirectMethodHandleDesc open = opened(handle);
                changed |= !open.equals(handle);
                arguments[i] = open;
            }
        }
        if (changed) {
            to.invokedynamic(
                    DynamicCallSiteDesc.of(
                            dynamic.bootstrapMethod(),
                            dynamic.name().stringValue(),
                            dynamic.typeSymbol(),
                            arguments));
        } else {
            to.with(dynamic);
        }
    }

    private static DirectMethodHandleDesc opened(DirectMethodHandleDesc handle) {
        boolean method =
                switch (handle.kind()) {
                    case STATIC, VIRTUAL -> true;
                    default -> false;
                };
        Table.@Nullable Instead instead =
                method
                        ? Table.method(
                                internalName(handle),
                                handle.methodName(),
                                handle.lookupDescriptor())
                        : null;
        return instead == null
                ? handle
                : MethodHandleDesc.ofMethod(
                        DirectMethodHandleDesc.Kind.STATIC,
                        Table.DOORS,
                        instead.name(),
                        instead.type());
    }

    private static String internalName(DirectMethodHandleDesc handle) {
        String descriptor = handle.owner().descriptorString();
        return descriptor.startsWith("L")
                ? descriptor.substring(1, descriptor.length() - 1)
                : descriptor;
    }
}
