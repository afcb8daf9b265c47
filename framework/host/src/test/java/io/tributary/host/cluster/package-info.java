/// The grid, with real members on the loopback.
@NullMarked
package io.tributary.host.cluster;

import org.jspecify.annotations.NullMarked;
