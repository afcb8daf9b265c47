/// Tests of the way in.
@NullMarked
package io.tributary.host.inbound;

import org.jspecify.annotations.NullMarked;
