/// Tests of the wearables' channel.
@NullMarked
package io.tributary.wearables.mqtt;

import org.jspecify.annotations.NullMarked;
