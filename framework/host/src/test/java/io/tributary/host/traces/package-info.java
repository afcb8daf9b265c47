/// What is kept of requests, tested.
@NullMarked
package io.tributary.host.traces;

import org.jspecify.annotations.NullMarked;
