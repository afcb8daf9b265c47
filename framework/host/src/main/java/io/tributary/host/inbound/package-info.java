/// From a plugin's event to the log: verify, translate, who and where, dedupe, parked targets,
/// inbound dead letters.
@NullMarked
package io.tributary.host.inbound;

import org.jspecify.annotations.NullMarked;
