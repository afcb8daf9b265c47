/// Starts, wires and stops the rooms of a member by hand.
@NullMarked
package io.tributary.host;

import org.jspecify.annotations.NullMarked;
