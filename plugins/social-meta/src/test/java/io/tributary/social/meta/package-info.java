/// Tests of the channel.
@NullMarked
package io.tributary.social.meta;

import org.jspecify.annotations.NullMarked;
