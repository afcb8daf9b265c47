package io.tributary.host.leaks;

import java.util.List;

/// A class as a heap dump has it.
///
/// @param above its superclass; 0: none
/// @param loader its class loader; 0: the JVM's own
/// @param others what else it refers to: signers, protection domain, constants
/// @param statics its static fields that refer to objects
/// @param fields those that it declares itself, in the order of the file
record DumpedClass(
        long above, long loader, List<Long> others, List<Static> statics, List<Field> fields) {

    /// A static field that refers to an object.
    record Static(long name, long object) {}

    /// A field of each of its objects.
    ///
    /// @param type as the format has it: 2 is a reference
    record Field(long name, int type) {

        boolean isReference() {
            return type == Walk.REFERENCE;
        }
    }
}
