/// Tests of the interaction model.
@NullMarked
package io.tributary.model;

import org.jspecify.annotations.NullMarked;
