/// Keeps accounts' connections running, each under its slot's lease: one per slot at any time,
/// begun again when it ends, and given time to leave.
@NullMarked
package io.tributary.host.connections;

import org.jspecify.annotations.NullMarked;
