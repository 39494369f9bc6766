import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import type { Installation } from '../infra/config';
import type { ReplayPorts } from './ports';

/** The bucket of an installation, and no other: S3 refuses when it belongs to another account. */
export function bucketPorts({
  account,
  region,
  names,
}: Pick<Installation, 'account' | 'region' | 'names'>): Pick<ReplayPorts, 'keys' | 'read' | 'erase'> {
  const client = new S3Client({ region });
  const place = { Bucket: names.bucket, ExpectedBucketOwner: account };
  return {
    async *keys(prefix) {
      for await (const page of paginateListObjectsV2({ client }, { ...place, Prefix: prefix })) {
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
      }
    },
    read: async (key) => {
      const answer = await client.send(new GetObjectCommand({ ...place, Key: key }));
      return (await answer.Body?.transformToString('utf-8')) ?? '';
    },
    erase: async (key) => {
      await client.send(new DeleteObjectCommand({ ...place, Key: key }));
    },
  };
}
