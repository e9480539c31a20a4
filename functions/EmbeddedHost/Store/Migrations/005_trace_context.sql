-- The W3C trace context that an instance was started in; null when nobody listened then, and the instance is not traced.
ALTER TABLE instances ADD COLUMN trace_parent TEXT;
ALTER TABLE instances ADD COLUMN trace_state TEXT;
