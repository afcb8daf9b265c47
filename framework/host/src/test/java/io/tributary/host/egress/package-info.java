/// Tests of the way out.
@NullMarked
package io.tributary.host.egress;

import org.jspecify.annotations.NullMarked;
