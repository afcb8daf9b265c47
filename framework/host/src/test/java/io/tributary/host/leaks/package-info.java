/// Tests of the room.
@NullMarked
package io.tributary.host.leaks;

import org.jspecify.annotations.NullMarked;
