using DurableTask.Core;

namespace DurableTask.Sqlite.Store;

/// <summary>Removes ended instances, in transactions of a bounded size. Live ones stay, whatever is asked.</summary>
/// <param name="reader">Finds them.</param>
/// <param name="write">Runs a transaction, and tells what it brought about.</param>
/// <param name="time">The clock.</param>
internal sealed class Purge(InstanceReader reader, Func<Func<StoreWriter, Postings?>, Task<Postings?>> write, TimeProvider time)
{
    private const int Batch = 100;

    /// <summary>Removes an instance, and with it the sub-orchestrations that it started if asked.</summary>
    /// <returns>How many are gone: none when it is live, or unknown.</returns>
    public async Task<int> PurgeAsync(string instanceId, bool recursive)
    {
        List<string> ids = [instanceId];
        for (var i = 0; recursive && i < ids.Count; i++)
        {
            Conditions children = new();
            children.Where("parent_instance_id = {0}", ids[i]);
            children.Where(InstanceStatus.EndedSql);
            children.Where("(SELECT parent.status FROM instances AS parent WHERE parent.instance_id = {0}) NOT IN ('Pending', 'Running', 'Suspended')", ids[i]);
            ids.AddRange(reader.ListIds(children, int.MaxValue).Select(child => child.InstanceId).Except(ids, StringComparer.Ordinal).ToList());
        }

        // From the leaves up: what a crash leaves is still found from the top.
        ids.Reverse();
        var purged = 0;
        foreach (var batch in ids.Chunk(Batch))
        {
            purged += await RemoveAsync(batch);
        }

        return purged;
    }

    /// <summary>Removes the ended instances that fit.</summary>
    /// <param name="narrow">Adds the conditions.</param>
    /// <param name="recursive">Whether their sub-orchestrations go too.</param>
    /// <param name="timeout">How long it may take at most; null: as long as it takes.</param>
    /// <returns>How many are gone, and whether all are.</returns>
    public async Task<PurgeResult> PurgeAsync(Action<Conditions> narrow, bool recursive, TimeSpan? timeout)
    {
        var begun = time.GetTimestamp();
        var purged = 0;
        var after = string.Empty;
        while (timeout is null || time.GetElapsedTime(begun) < timeout)
        {
            Conditions conditions = new();
            conditions.Where("instance_id > {0}", after);
            conditions.Where(InstanceStatus.EndedSql);
            narrow(conditions);
            var ids = reader.ListIds(conditions, Batch).ConvertAll(found => found.InstanceId);
            if (ids.Count == 0)
            {
                return new PurgeResult(purged, isComplete: true);
            }

            after = ids[^1];
            if (!recursive)
            {
                purged += await RemoveAsync(ids);
                continue;
            }

            foreach (var id in ids)
            {
                purged += await PurgeAsync(id, recursive: true);
            }
        }

        return new PurgeResult(purged, isComplete: false);
    }

    private async Task<int> RemoveAsync(IEnumerable<string> ids)
    {
        var removed = await write(writer =>
        {
            Postings postings = new();
            Delivery delivery = new(writer, postings, time.GetUtcNow().UtcDateTime);
            foreach (var id in ids)
            {
                if (writer.Find(id) is { IsLive: false } ended)
                {
                    delivery.Remove(ended);
                }
            }

            return postings;
        });
        return removed!.Removed.Count;
    }
}
