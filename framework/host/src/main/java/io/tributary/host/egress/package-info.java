/// The one way out: requests that plugins and media make, checked against the egress rules,
/// bounded, sent to the address that was checked.
@NullMarked
package io.tributary.host.egress;

import org.jspecify.annotations.NullMarked;
