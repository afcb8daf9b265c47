package io.tributary.host.leaks;

import java.io.IOException;

/// Told what is in a heap dump, in the order of the file. Numbers are the ids of objects and names.
interface Dumped {

    /// A name that others refer to by its id.
    default void name(long id, DumpReader at, int length) throws IOException {
        at.skip(length);
    }

    /// The name of a class.
    default void className(long type, long name) {}

    /// An object that is alive by itself.
    ///
    /// @param why in words, for people
    default void root(long object, String why) {}

    /// A class.
    default void type(long id, DumpedClass shape) throws IOException {}

    /// An object; `fields` are as in the file, those of its own class first.
    default void object(long id, long type, byte[] fields, int length) throws IOException {}

    /// An array of objects, at its first element.
    default void array(long id, long type, int length, DumpReader at) throws IOException {
        at.skip((long) length * at.idSize());
    }
}
