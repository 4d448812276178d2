System.Console.WriteLine("posiwid");
