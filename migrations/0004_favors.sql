-- Projection of favors: loans between players. See entities/favor/projection.ts.
CREATE TABLE favor (
  favor_id    text COLLATE "C" PRIMARY KEY,
  lender_id   text COLLATE "C" NOT NULL,
  borrower_id text COLLATE "C" NOT NULL,
  amount      bigint NOT NULL CHECK (amount > 0),
  repay       bigint NOT NULL CHECK (repay >= amount),
  due_in_ms   bigint NOT NULL,
  status      text NOT NULL CHECK (status IN ('offered', 'accepted', 'active', 'overdue', 'repaying', 'repaid',
    'returned', 'declined', 'withdrawn', 'expired')),
  -- Epoch milliseconds.
  offered_at  bigint NOT NULL,
  expires_at  bigint NOT NULL,
  accepted_at bigint,
  due_at      bigint,
  repaid_at   bigint,
  CHECK (lender_id <> borrower_id)
) WITH (fillfactor = 80);
CREATE INDEX favor_by_lender ON favor (lender_id, offered_at);
CREATE INDEX favor_by_borrower ON favor (borrower_id, offered_at);
