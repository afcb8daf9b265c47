/// Tests of the workshop.
@NullMarked
package io.tributary.host.workshop;

import org.jspecify.annotations.NullMarked;
