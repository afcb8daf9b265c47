/// Tests of the JSON form: golden files pin it, properties try to break it.
@NullMarked
package io.tributary.json;

import org.jspecify.annotations.NullMarked;
