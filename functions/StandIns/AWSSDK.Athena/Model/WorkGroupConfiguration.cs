namespace Amazon.Athena.Model;

public class WorkGroupConfiguration
{
    public long? BytesScannedCutoffPerQuery { get; set; }
}
