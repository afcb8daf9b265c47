/// Tests of webhooks of agent apps.
@NullMarked
package io.tributary.host.webhooks;

import org.jspecify.annotations.NullMarked;
