/// Tests of the bucket, against a store that this project did not write.
@NullMarked
package io.tributary.host.objects;

import org.jspecify.annotations.NullMarked;
