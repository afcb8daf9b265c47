/// The sample as it is shown, and the promise behind its rolling restart.
@NullMarked
package io.tributary.samples.cluster;

import org.jspecify.annotations.NullMarked;
