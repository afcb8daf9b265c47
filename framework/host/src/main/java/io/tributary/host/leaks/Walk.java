package io.tributary.host.leaks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Walks through a heap dump in the JVM's binary format (`JAVA PROFILE 1.0.2`) once.
///
/// The format is described in the JDK's own sources, in the head of `heapDumper.cpp`.
final class Walk {

    /// The type of a field that refers to an object.
    static final int REFERENCE = 2;

    private static final int NAME = 0x01;
    private static final int LOADED_CLASS = 0x02;
    private static final int HEAP = 0x0c;
    private static final int HEAP_SEGMENT = 0x1c;

    private final DumpReader at;
    private final Dumped told;
    private byte[] fields = new byte[1 << 12];

    private Walk(DumpReader at, Dumped told) {
        this.at = at;
        this.told = told;
    }

    static void through(Path dump, Dumped told) throws IOException {
        try (var reader = new DumpReader(dump)) {
            new Walk(reader, told).all();
        }
    }

    /// How many bytes a value of that type takes.
    static int size(int type, int idSize) throws IOException {
        return switch (type) {
            case REFERENCE -> idSize;
            case 4, 8 -> 1; // boolean, byte
            case 5, 9 -> 2; // char, short
            case 6, 10 -> 4; // float, int
            case 7, 11 -> 8; // double, long
            default -> throw new IOException("a heap dump with values of an unknown type " + type);
        };
    }

    private void all() throws IOException {
        while (!at.ended()) {
            int tag = at.u1();
            at.skip(4);
            long length = at.u4();
            switch (tag) {
                case NAME -> told.name(at.id(), at, (int) (length - at.idSize()));
                case LOADED_CLASS -> {
                    at.skip(4);
                    long type = at.id();
                    at.skip(4);
                    told.className(type, at.id());
                }
                case HEAP, HEAP_SEGMENT -> heap(at.position() + length);
                default -> at.skip(length);
            }
        }
    }

    private void heap(long end) throws IOException {
        while (at.position() < end) {
            int tag = at.u1();
            switch (tag) {
                case 0xff -> root("a root of an unknown kind", 0);
                case 0x01 -> root("native code (a global reference)", at.idSize());
                case 0x02 -> root("native code (a local reference)", 8);
                case 0x03 -> root("a local variable of a running thread", 8);
                case 0x04 -> root("a native stack", 4);
                case 0x05 -> root("a class of the JDK", 0);
                case 0x06 -> root("a thread's block", 4);
                case 0x07 -> root("a monitor that is held", 0);
                case 0x08 -> root("a thread", 8);
                case 0x20 -> type();
                case 0x21 -> object();
                case 0x22 -> array();
                case 0x23 -> values();
                default -> throw new IOException("a heap dump with an unknown record " + tag);
            }
        }
    }

    private void root(String why, int more) throws IOException {
        long object = at.id();
        at.skip(more);
        told.root(object, why);
    }

    private void object() throws IOException {
        long id = at.id();
        at.skip(4);
        long type = at.id();
        int length = at.s4();
        if (length > fields.length) {
            fields = new byte[length];
        }
        at.read(fields, length);
        told.object(id, type, fields, length);
    }

    private void array() throws IOException {
        long id = at.id();
        at.skip(4);
        int length = at.s4();
        long type = at.id();
        told.array(id, type, length, at);
    }

    private void values() throws IOException {
        at.id();
        at.skip(4);
        long length = at.u4();
        at.skip(length * size(at.u1(), at.idSize()));
    }

    private void type() throws IOException {
        long id = at.id();
        at.skip(4);
        long above = at.id();
        long loader = at.id();
        List<Long> others = new ArrayList<>(List.of(at.id(), at.id()));
        at.skip(2L * at.idSize() + 4);
        for (int constants = at.u2(); constants > 0; constants--) {
            at.skip(2);
            int kind = at.u1();
            if (kind == REFERENCE) {
                others.add(at.id());
            } else {
                at.skip(size(kind, at.idSize()));
            }
        }
        told.type(id, new DumpedClass(above, loader, others, statics(), declared()));
    }

    private List<DumpedClass.Static> statics() throws IOException {
        List<DumpedClass.Static> statics = new ArrayList<>();
        for (int count = at.u2(); count > 0; count--) {
            long name = at.id();
            int kind = at.u1();
            if (kind == REFERENCE) {
                statics.add(new DumpedClass.Static(name, at.id()));
            } else {
                at.skip(size(kind, at.idSize()));
            }
        }
        return statics;
    }

    private List<DumpedClass.Field> declared() throws IOException {
        List<DumpedClass.Field> fields = new ArrayList<>();
        for (int count = at.u2(); count > 0; count--) {
            fields.add(new DumpedClass.Field(at.id(), at.u1()));
        }
        return fields;
    }
}
