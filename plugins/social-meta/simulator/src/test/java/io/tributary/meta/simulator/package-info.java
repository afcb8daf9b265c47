/// Tests of the stand-in.
@NullMarked
package io.tributary.meta.simulator;

import org.jspecify.annotations.NullMarked;
