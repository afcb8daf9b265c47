/// A bucket of an object store that speaks S3: put, look, get, let go, list.
@NullMarked
package io.tributary.host.objects;

import org.jspecify.annotations.NullMarked;
