/// Tests of connections over scripted leases.
@NullMarked
package io.tributary.host.connections;

import org.jspecify.annotations.NullMarked;
