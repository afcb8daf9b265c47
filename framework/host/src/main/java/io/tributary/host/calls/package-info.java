/// The way into plugin code: a virtual thread, a deadline, a bulkhead, a watchdog. Nothing else of
/// the host calls a plugin.
@NullMarked
package io.tributary.host.calls;

import org.jspecify.annotations.NullMarked;
