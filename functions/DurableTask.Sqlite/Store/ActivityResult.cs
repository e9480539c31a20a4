namespace DurableTask.Sqlite.Store;

internal static class ActivityResult
{
    /// <summary>Puts a result in the place of an activity.</summary>
    /// <returns>What came of it; null, and nothing is written, when the activity is gone with its instance.</returns>
    public static Postings? Write(StoreWriter writer, QueuedActivity activity, OutgoingMessage result, DateTime now)
    {
        if (!writer.DeleteActivity(activity.InstanceKey, activity.Id))
        {
            return null;
        }

        Postings postings = new();
        new Delivery(writer, postings, now).Deliver(result);
        return postings;
    }
}
