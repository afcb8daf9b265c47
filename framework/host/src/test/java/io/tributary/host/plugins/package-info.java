/// Loads real jars, compiled in the test: what is taken, what is refused, what is let go again.
@NullMarked
package io.tributary.host.plugins;

import org.jspecify.annotations.NullMarked;
