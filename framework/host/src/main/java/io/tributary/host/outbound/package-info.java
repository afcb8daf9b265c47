/// From a reply to its final fate: gate, outbox, lanes, attempts, receipts, outbound dead letters.
@NullMarked
package io.tributary.host.outbound;

import org.jspecify.annotations.NullMarked;
