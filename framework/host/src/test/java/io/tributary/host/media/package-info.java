/// Tests of media.
@NullMarked
package io.tributary.host.media;

import org.jspecify.annotations.NullMarked;
