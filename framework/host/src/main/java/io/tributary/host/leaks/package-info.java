/// What keeps an object in memory: reads a heap dump and finds the way from a root to it. Knows
/// nothing of the rest of the host.
@NullMarked
package io.tributary.host.leaks;

import org.jspecify.annotations.NullMarked;
