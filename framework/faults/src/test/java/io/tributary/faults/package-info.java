/// The checker is proven first; then members are killed, starved and cut off.
@NullMarked
package io.tributary.faults;

import org.jspecify.annotations.NullMarked;
