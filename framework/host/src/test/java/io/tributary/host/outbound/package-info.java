/// Replies and dispatchers against a journal that keeps its promises and a channel that does what a
/// script says.
@NullMarked
package io.tributary.host.outbound;

import org.jspecify.annotations.NullMarked;
