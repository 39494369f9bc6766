-- question: What was told in each channel, and what was kept back, per day of the last 30 days? Latest first
-- column: day varchar UTC day, yyyy-MM-dd, of the state change that was told of
-- column: channel varchar Key of the secret under which the channel stands
-- column: kind varchar alert, recovery or reminder
-- column: sent bigint Slack took them
-- column: suppressed bigint Repeated what was told within the cooldown
-- column: folded bigint Told with their cause
-- column: silenced bigint Kept back by a silence or a maintenance window
-- column: unconfigured bigint No webhook was put in yet; npm run replay -- alerts posts them
-- column: failed bigint Slack did not take them; npm run replay -- alerts posts them
-- column: claimed bigint Being worked on, or tried again later

SELECT
  date_format(event_time, '%Y-%m-%d') AS day,
  channel AS channel,
  kind AS kind,
  CAST(count(CASE WHEN status = 'sent' THEN 1 END) AS bigint) AS sent,
  CAST(count(CASE WHEN status = 'suppressed' THEN 1 END) AS bigint) AS suppressed,
  CAST(count(CASE WHEN status = 'folded' THEN 1 END) AS bigint) AS folded,
  CAST(count(CASE WHEN status = 'silenced' THEN 1 END) AS bigint) AS silenced,
  CAST(count(CASE WHEN status = 'unconfigured' THEN 1 END) AS bigint) AS unconfigured,
  CAST(count(CASE WHEN status = 'failed' THEN 1 END) AS bigint) AS failed,
  CAST(count(CASE WHEN status = 'claimed' THEN 1 END) AS bigint) AS claimed
FROM notification
WHERE dt >= date_format(current_date - interval '31' day, '%Y-%m-%d')
  AND dt <= date_format(current_date + interval '1' day, '%Y-%m-%d')
  AND event_time >= CAST(now() AS timestamp) - interval '30' day
GROUP BY date_format(event_time, '%Y-%m-%d'), channel, kind
ORDER BY day DESC, channel, kind
