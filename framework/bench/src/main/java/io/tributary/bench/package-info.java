/// Load, and the yardsticks beside it, in one run on the same cores.
@NullMarked
package io.tributary.bench;

import org.jspecify.annotations.NullMarked;
