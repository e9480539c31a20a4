namespace Amazon.Athena.Model;

public class Datum
{
    public string? VarCharValue { get; set; }
}
