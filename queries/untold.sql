-- question: Which failures of the last 7 days was nobody told about? Latest first
-- column: failed_at timestamp(3) When the run failed or timed out
-- column: service_type varchar The source: glue_job, glue_crawler, lambda, step_functions
-- column: service_name varchar The job, crawler, function or state machine
-- column: service_request_id varchar The run
-- column: event_type varchar failed or timeout
-- column: status varchar What the ledger says, of a folded failure what it says of its cause: unconfigured, failed, or claimed (being worked on); null when it knows nothing of it, as where alertOn leaves it out
-- column: reason varchar Why it was not sent, as the ledger says
-- column: error_message varchar What a person reads first
-- column: console_url varchar The run in the AWS console
-- column: account_id varchar AWS account in which it ran
-- column: region varchar AWS region in which it ran

WITH ranked AS (
  SELECT
    state.*,
    row_number() OVER (
      PARTITION BY account_id, region, service_type, service_name, service_request_id
      ORDER BY
        CASE WHEN event_type = 'retrying' THEN 0 ELSE coalesce(retry_attempts, 0) END DESC,
        date_trunc('second', event_time) DESC,
        CASE
          WHEN event_type IN ('succeeded', 'failed', 'timeout', 'stopped') THEN 2
          WHEN event_type = 'started' THEN 0
          ELSE 1
        END DESC,
        event_time DESC,
        event_id DESC,
        recorded_at DESC
    ) AS place,
    min(CASE WHEN event_type IN ('failed', 'timeout') THEN event_time END) OVER (
      PARTITION BY account_id, region, service_type, service_name, service_request_id, coalesce(retry_attempts, 0)
    ) AS attempt_failed_at
  FROM state
  WHERE dt >= date_format(current_date - interval '8' day, '%Y-%m-%d')
    AND dt <= date_format(current_date + interval '1' day, '%Y-%m-%d')
),
failure AS (
  SELECT
    ranked.*
  FROM ranked
  WHERE place = 1
    AND event_type IN ('failed', 'timeout')
    AND NOT coalesce(will_retry, false)
    AND event_time >= CAST(now() AS timestamp) - interval '7' day
),
said AS (
  SELECT
    account_id,
    region,
    service_type,
    service_name,
    service_request_id,
    event_time,
    status,
    reason,
    claimed_at,
    alert_id,
    folded_into
  FROM notification
  WHERE dt >= date_format(current_date - interval '8' day, '%Y-%m-%d')
    AND dt <= date_format(current_date + interval '1' day, '%Y-%m-%d')
    AND kind = 'alert'
    AND event_type IN ('failed', 'timeout')
),
alert AS (
  SELECT
    said.account_id,
    said.region,
    said.service_type,
    said.service_name,
    said.service_request_id,
    said.event_time,
    -- What is folded is told when that is which it was folded into.
    coalesce(leader.status, said.status) AS status,
    coalesce(leader.reason, said.reason) AS reason,
    said.claimed_at,
    said.alert_id
  FROM said
  LEFT JOIN said AS leader
    ON said.status = 'folded'
    AND leader.alert_id = said.folded_into
),
answered AS (
  SELECT
    failure.*,
    alert.status AS found_status,
    alert.reason AS found_reason,
    coalesce(alert.status IN ('sent', 'suppressed', 'folded', 'silenced'), false) AS is_told,
    row_number() OVER (
      PARTITION BY
        failure.account_id,
        failure.region,
        failure.service_type,
        failure.service_name,
        failure.service_request_id
      ORDER BY
        CASE WHEN alert.status IN ('sent', 'suppressed', 'folded', 'silenced') THEN 0 ELSE 1 END,
        alert.claimed_at DESC NULLS LAST,
        alert.alert_id
    ) AS answer
  FROM failure
  LEFT JOIN alert
    ON alert.account_id = failure.account_id
    AND alert.region = failure.region
    AND alert.service_type = failure.service_type
    AND alert.service_name = failure.service_name
    AND alert.service_request_id = failure.service_request_id
    -- A redriven execution is told anew, so what was told before it failed again does not count.
    AND (failure.service_type <> 'step_functions' OR alert.event_time >= failure.attempt_failed_at)
)
SELECT
  CAST(event_time AS timestamp(3)) AS failed_at,
  service_type AS service_type,
  service_name AS service_name,
  service_request_id AS service_request_id,
  event_type AS event_type,
  found_status AS status,
  found_reason AS reason,
  error_message AS error_message,
  console_url AS console_url,
  account_id AS account_id,
  region AS region
FROM answered
WHERE answer = 1
  AND NOT is_told
ORDER BY failed_at DESC, service_type, service_name, service_request_id, account_id, region
