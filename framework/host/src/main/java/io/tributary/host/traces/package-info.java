/// What went out to providers and for which interaction: redacted, gathered, kept for a while.
@NullMarked
package io.tributary.host.traces;

import org.jspecify.annotations.NullMarked;
