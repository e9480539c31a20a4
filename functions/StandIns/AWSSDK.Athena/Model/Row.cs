namespace Amazon.Athena.Model;

public class Row
{
    public List<Datum>? Data { get; set; }
}
