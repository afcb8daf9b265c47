/// Tests of customers.
@NullMarked
package io.tributary.host.customers;

import org.jspecify.annotations.NullMarked;
