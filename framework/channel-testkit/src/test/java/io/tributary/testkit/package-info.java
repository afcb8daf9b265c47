/// The testkit, tested: it passes what is right and fails what is wrong.
@NullMarked
package io.tributary.testkit;

import org.jspecify.annotations.NullMarked;
