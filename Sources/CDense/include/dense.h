#ifndef QBO_DENSE_H
#define QBO_DENSE_H

/// c += p w for matrices of doubles row by row, of `rows` x `depth` and `depth` x `columns`; strides are the doubles from one row to the next.
/// Each element is a sum of products in some order, with or without roundings in between.
void qbo_dense_add_product(long rows, long depth, long columns, const double *p, long p_stride, const double *w, long w_stride, double *c,
                           long c_stride);

#endif
