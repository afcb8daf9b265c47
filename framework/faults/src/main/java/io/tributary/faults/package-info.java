/// Real members under real faults: load with a record of its own, readers, and the checker that
/// compares them with the log.
@NullMarked
package io.tributary.faults;

import org.jspecify.annotations.NullMarked;
