/// Tests of the room.
@NullMarked
package io.tributary.host.guard;

import org.jspecify.annotations.NullMarked;
