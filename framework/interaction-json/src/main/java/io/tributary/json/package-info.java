/// The one JSON form of interactions: what the log stores, the cluster passes on and agent apps
/// read.
///
/// What a build does not know survives reading and writing: members it has no word for, values it
/// cannot read, contents of a newer version. What comes from an agent app is read strictly instead,
/// and everything that is wrong with it is said at once, by JSON pointers.
@NullMarked
package io.tributary.json;

import org.jspecify.annotations.NullMarked;
