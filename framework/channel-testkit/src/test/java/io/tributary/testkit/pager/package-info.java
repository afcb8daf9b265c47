/// A channel that keeps every promise, with every ability that the contract knows.
@NullMarked
package io.tributary.testkit.pager;

import org.jspecify.annotations.NullMarked;
