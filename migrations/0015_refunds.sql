-- A refund that the provider refuses waits for the house: see entities/reservation.
ALTER TABLE payment DROP CONSTRAINT payment_status_check;
ALTER TABLE payment ADD CONSTRAINT payment_status_check CHECK (status IN ('creating', 'pending', 'authorized', 'succeeded', 'failed',
  'cancelling', 'cancelled', 'refunding', 'refunded', 'refund_refused')) NOT VALID;
CREATE INDEX payment_refused ON payment (started_at, payment_id) WHERE status = 'refund_refused';
