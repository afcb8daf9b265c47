/// Tests of versions that come and go while a member serves.
@NullMarked
package io.tributary.host.rollouts;

import org.jspecify.annotations.NullMarked;
